/** A review: findings and checklist with people's decisions applied, and the verdict. Pure: the same input gives the same review. */
package dev.plimsoll.review;
