/** Public documents that several checklists point to. */
export const reading = {
  codeReview: { title: 'roadmap.sh: code review', url: 'https://roadmap.sh/code-review-best-practices' },
  apiSecurity: { title: 'roadmap.sh: API security', url: 'https://roadmap.sh/api-security-best-practices' },
  cyberSecurity: { title: 'roadmap.sh: cyber security', url: 'https://roadmap.sh/cyber-security' },
  owaspApiTop10: { title: 'OWASP API Security Top 10', url: 'https://owasp.org/www-project-api-security/' },
  owaspAsvs: {
    title: 'OWASP ASVS',
    url: 'https://owasp.org/www-project-application-security-verification-standard/',
  },
} as const;
